"""The score sheet, one class x subject x semester: its facts, commands, refusals and rules."""
