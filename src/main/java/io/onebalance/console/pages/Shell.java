package io.onebalance.console.pages;

import io.onebalance.console.session.Notice;
import java.util.Optional;

/// What surrounds a page: its title, who is signed in, and what the last action came to.
public record Shell(Look look, String title, Optional<String> actor, Optional<Notice> notice) {}
