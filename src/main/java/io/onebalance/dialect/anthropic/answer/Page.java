package io.onebalance.dialect.anthropic.answer;

import tools.jackson.databind.node.ObjectNode;

/// What content blocks are written on: one is open at a time.
interface Page {
  /// `block` as it stands in a stream's `content_block_start`.
  void open(ObjectNode block);

  /// `delta` as it stands in a stream's `content_block_delta`.
  void add(ObjectNode delta);

  void close();
}
