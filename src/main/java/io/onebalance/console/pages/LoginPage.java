package io.onebalance.console.pages;

/// The door. `next` is where to go afterwards, `problem` why the last attempt failed, or empty;
/// `ended` tells somebody whose session is over that it is.
public record LoginPage(Shell shell, String next, String problem, boolean ended) {}
