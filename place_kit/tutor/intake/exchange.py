"""``nbgrader collect``, through the same intake as everything else."""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.intake import arrivals, taking


class Collect(ExchangeCollect):  # type: ignore[misc]
    """Takes the answers alone out of the exchange; nbgrader still chooses which attempt."""

    def copy_files(self) -> None:
        """Give every chosen submission to the intake."""
        folder = MarkingFolder(Path(self.coursedir.root))
        found = [
            arrivals.of_exchange(Path(self.inbound_path) / record["filename"])
            for record in self.src_records
        ]
        if not found:
            self.log.warning("No answers of %r to collect", self.coursedir.assignment_id)
        for one in taking.take_all(folder, found):
            say = self.log.warning if one.outcome in ("held", "refused") else self.log.info
            say("%s: %s. %s", one.source, one.outcome, one.reason)
