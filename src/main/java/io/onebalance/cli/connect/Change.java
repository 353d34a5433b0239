package io.onebalance.cli.connect;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// A change of a client's file: of the text that is there (empty where there is no file) it makes
/// the new one, or nothing where the file is not what it should be.
public record Change(Path file, Function<String, Optional<String>> edit) {}
