"""Who works at the school: joining, roles and accounts, the school's name, and delegations."""
