"""One door in, one way through, one door out: receiver, worker, sender, ticker."""
