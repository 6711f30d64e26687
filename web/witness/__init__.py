"""The witness: a server of its own, which never opens a school's database."""
