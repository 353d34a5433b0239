package io.onebalance.console.pages;

/// A visit that came to nothing: status, what it is called, and why.
public record TroublePage(Shell shell, int status, String name, String why) {}
