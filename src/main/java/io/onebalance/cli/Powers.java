package io.onebalance.cli;

import io.onebalance.cli.database.Moving;
import io.onebalance.cli.keys.Visiting;

/// What verbs want done that takes the whole program: to serve, to serve for a moment only (the
/// rehearsal), to open the database for a moment, to carry what is stored elsewhere, and to play a
/// scenario.
public record Powers(
    Serving serving, Serving rehearsal, Visiting visiting, Moving moving, Simulating simulating) {}
