"""Every code that a verification finds, and what each means; the words are permanent."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "position-missing": "A line is missing: the one found after it has a later position.",
        "version-out-of-order": "A line is not the next of its stream.",
        "line-malformed": "A row holds values of which no line can be made.",
        "leaf-differs": "The hash kept with a line is not that of its row.",
        "head-not-one": "The head is missing, or there are several.",
        "head-malformed": "What the head holds is no frontier of a tree.",
        "head-position-differs": "The head names another last line than there is.",
        "head-root-differs": "The tree over the rows is not the one in the head.",
        "fact-unreadable": "The state of a line is no fact of its topic.",
        "command-out-of-place": "A recorded command claims lines that are not its own.",
        "command-differs": "A line names another command than the one recorded for it.",
        "line-without-command": "No recorded command claims a line.",
        "seals-missing": "The tables of checkpoints and cosignatures are not there.",
        "checkpoint-malformed": "The note kept of a checkpoint cannot be read.",
        "checkpoint-row-differs": "A checkpoint's row says something else than its note.",
        "checkpoint-unsigned": "No known key of its log has signed a checkpoint.",
        "checkpoint-beyond-end": "A checkpoint covers more lines than there are.",
        "checkpoint-differs": "The lines do not give the root for which a checkpoint was signed.",
        "cosignature-malformed": "The line kept of a cosignature cannot be read.",
        "cosignature-row-differs": "A cosignature's row says something else than its line.",
        "cosignature-orphaned": "There is a cosignature, and its checkpoint is gone.",
        "cosignature-invalid": "A cosignature is not one of the witness whose name it bears.",
        "told-head-differs": "The lines before a fact do not give the root that it names.",
        "remembered-unsigned": "The head that was brought along is unsigned, or a forged one.",
        "remembered-beyond-end": "The head that was brought along covers lines that are not there.",
        "remembered-differs": "The lines do not give the root that was brought along.",
        "approval-proof-wrong": "An approval is of something else, or its passkey did not sign it.",
        "evidence-missing": "A file that a fact names is not there.",
        "evidence-altered": "A file has other content than the fact that names it says.",
        "dossier-lines-differ": "The lines of a dossier do not go together.",
        "dossier-file-differs": "A dossier's file does not begin with each revision that was kept.",
        "dossier-signature-wrong": "A signature in a dossier is not the one that a line names.",
        "dossier-content-differs": "A dossier holds other evidence or data than the lines say.",
        "dossier-archive-fails": "An archived dossier does not prove itself as long as was said.",
        "guard-fallen": "A trigger that refuses changes is missing, altered or asleep.",
        "guard-unknown": "A table of the ledger has a trigger or a rule that is not its own.",
        "projection-differs": "A row that people look at is not what the lines give.",
        "projection-ahead": "What people look at claims lines that are not there.",
        "projection-not-replayed": "Of these lines nothing can be made that people could look at.",
        "projection-malformed": "A table that people look at is missing, or has other columns.",
        "vault-missing": "A table of the vault is not there.",
        "vault-key-closed": "A person's key does not open.",
        "vault-key-of-another": "The master key opens no person's key: it is another vault's.",
        "vault-box-orphaned": "There is a box of a person who has no key.",
        "vault-box-closed": "A person's box does not open: it was changed, or is another's.",
        "vault-comment-differs": "A comment is not the one of which a fact holds the hash.",
        "vault-code-differs": "A person is found by another's code, or not by their own.",
        "vault-erased-person": "Whom a fact says to be erased still has a key.",
        "vault-person-missing": "Whom a fact names has no key or no name, and was not erased.",
        "database-damaged": "The database itself reports that it is damaged.",
        "database-unreadable": "The database broke off while it was read.",
        # What follows is worth knowing and no sign that anything was changed.
        "moment-goes-back": "A line was written long before the one that stands before it.",
        "log-key-not-given": "Without a key of the log, no signature of it was checked.",
        "log-key-lost": "Of a log whose key was lost, no signature was checked.",
        "witness-unknown": "Somebody cosigned whom the policy does not name.",
        "evidence-orphaned": "A file is kept that no fact names, or that a newer one replaced.",
        "projection-behind": "What people look at has yet to take in the newest lines.",
        "projection-not-compared": "What people look at was built by another program, or not yet.",
        "vault-keys-apart": "A backup keeps the keys of persons apart, so no box was opened.",
        "vault-key-not-given": "Without the vault's key, nobody's boxes were opened.",
    }
)

# Told, but no finding: with nothing else, the verification is passed.
REMARKS: Final = frozenset(
    {
        "moment-goes-back",
        "log-key-not-given",
        "log-key-lost",
        "witness-unknown",
        "evidence-orphaned",
        "projection-behind",
        "projection-not-compared",
        "vault-keys-apart",
        "vault-key-not-given",
    }
)
