"""What ci/soak runs: the same things as in the tests, many more times, with an eye on memory."""
