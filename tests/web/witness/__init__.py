"""Tests of the witness as the server that it is, over real files and real sockets."""
