import json

from training.material import HERE, by_epoch


def test_shares_are_told_for_single_epochs_and_for_several_in_a_row():
    assert by_epoch({"9": 0.7, "11-13": {"ewt": 0.5}}) == {
        9: 0.7,
        11: {"ewt": 0.5},
        12: {"ewt": 0.5},
        13: {"ewt": 0.5},
    }


def test_the_configuration_tells_shares_of_no_epoch_that_no_cycle_has():
    config = json.loads((HERE / "config.json").read_text())
    assert max(by_epoch(config["shares"])) < sum(c["epochs"] for c in config["cycles"])
