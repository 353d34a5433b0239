package io.onebalance.sandbox.answer;

/// Which provider a path belongs to, and what is left of it: `/chat/completions`,
/// `/models/gemini-2.5-flash:generateContent`, `/upload/files`.
///
/// @param strict the path names the provider by its prefix, so that credentials must be where that
///   one wants them; without a prefix any usual place will do
public record Place(Pretender pretender, boolean strict, String path) {}
