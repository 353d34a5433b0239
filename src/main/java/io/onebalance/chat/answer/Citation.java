package io.onebalance.chat.answer;

/// Where a piece of an answer is from.
///
/// @param title empty where it has none
/// @param start where the piece begins, in characters (code points) of the choice's text
/// @param end where it ends; the same as `start` where nobody says which piece it is
public record Citation(String url, String title, int start, int end) {}
