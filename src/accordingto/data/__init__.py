"""Tables of knowledge and the model."""
