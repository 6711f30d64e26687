"""What the subcommands do; each is imported only when it is called, so that --help is quick."""
