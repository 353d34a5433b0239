package io.onebalance.settings.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads YAML into a [Tree]. No type is guessed and no object is made: a scalar is its text. Size,
/// depth and the growth by aliases are bounded.
public final class YamlFile {
  private static final int LARGEST = 1 << 20;
  private static final int MOST_VALUES = 20_000;
  private static final int DEEPEST = 20;

  private int values;

  private YamlFile() {}

  /// The map at the top of the document; an empty document is an empty map.
  public static Tree.Branch read(String text) throws FileTrouble {
    checkDepth(text);
    var settings = LoadSettings.builder().setCodePointLimit(LARGEST).build();
    try {
      var node = new Compose(settings).composeString(text);
      if (node.isEmpty() || node.get().getTag().equals(Tag.NULL)) {
        return new Tree.Branch(Map.of(), 1);
      }
      return new YamlFile().top(node.get());
    } catch (MarkedYamlEngineException broken) {
      var line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new FileTrouble(line, "this is not YAML: " + broken.getProblem());
    } catch (YamlEngineException broken) {
      throw new FileTrouble(0, "this is not YAML: " + broken.getMessage());
    }
  }

  /// Brackets are the cheap way to nest without end, and the reader of YAML recurses.
  private static void checkDepth(String text) throws FileTrouble {
    var brackets = text.chars().filter(c -> c == '[' || c == '{').count();
    if (brackets > MOST_VALUES / DEEPEST) {
      throw new FileTrouble(0, "there are too many brackets");
    }
  }

  private Tree.Branch top(Node node) throws FileTrouble {
    if (tree(node, 0) instanceof Tree.Branch branch) {
      return branch;
    }
    throw new FileTrouble(line(node), "the file must hold settings as 'name: value'");
  }

  private Tree tree(Node node, int depth) throws FileTrouble {
    if (depth > DEEPEST || ++values > MOST_VALUES) {
      throw new FileTrouble(line(node), "this is nested too deeply, or grows without end");
    }
    return switch (node) {
      case ScalarNode scalar -> new Tree.Leaf(text(scalar), line(node));
      case SequenceNode sequence -> row(sequence, depth);
      case MappingNode mapping -> branch(mapping, depth);
      // Node is the library's open class; these three are all that YAML has.
      default -> throw new FileTrouble(line(node), "this kind of value is not understood");
    };
  }

  private Tree.Row row(SequenceNode sequence, int depth) throws FileTrouble {
    var items = new ArrayList<Tree>();
    for (var item : sequence.getValue()) {
      items.add(tree(item, depth + 1));
    }
    return new Tree.Row(items, line(sequence));
  }

  private Tree.Branch branch(MappingNode mapping, int depth) throws FileTrouble {
    var entries = new LinkedHashMap<String, Tree>();
    List<NodeTuple> tuples = mapping.getValue();
    for (var tuple : tuples) {
      var key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        throw new FileTrouble(line(key), "a name must be a plain word");
      }
      if (entries.put(scalar.getValue(), tree(tuple.getValueNode(), depth + 1)) != null) {
        throw new FileTrouble(line(key), "'" + scalar.getValue() + "' is set twice");
      }
    }
    return new Tree.Branch(entries, line(mapping));
  }

  private static String text(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
