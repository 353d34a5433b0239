package io.onebalance.cli;

/// What verbs want done that takes the whole program: to serve, to serve for a moment only (the
/// rehearsal), to carry what is stored elsewhere, and to play a scenario.
public record Powers(Serving serving, Serving rehearsal, Moving moving, Simulating simulating) {}
