package io.onebalance.provider.site;

/// A path of Vertex AI by its parts: `/{version}/projects/{project}/locations/{location}/…`, each
/// empty where it is left out; `rest` is what follows. Gemini's own `/v1beta/models/…` is read as
/// what Vertex calls it.
record VertexPath(String version, String project, String location, String rest) {
  private static final String MODELS = "/models";
  private static final String OWN_PROJECT = "-";
  private static final String OLD_BETA = "v1beta";

  static VertexPath of(String rawPath) {
    var first = Segments.first(rawPath);
    var versioned = Joining.isVersion(first, 0, -1);
    var version = versioned ? (first.equals(OLD_BETA) ? "v1beta1" : first) : "v1";
    var path = versioned ? Segments.rest(rawPath) : rawPath;
    var project = value(path, "projects");
    path = project.isEmpty() ? path : Segments.rest(Segments.rest(path));
    var location = value(path, "locations");
    path = location.isEmpty() ? path : Segments.rest(Segments.rest(path));
    var isModel = project.isEmpty() && Joining.begins(path, MODELS);
    return new VertexPath(version, project, location, isModel ? "/publishers/google" + path : path);
  }

  boolean isOwnProject() {
    return project.isEmpty() || project.equals(OWN_PROJECT);
  }

  /// With the project and the location that were left out.
  String filled(String ownProject, String ownLocation) {
    var whose = isOwnProject() ? ownProject : project;
    var where = project.isEmpty() && location.isEmpty() ? ownLocation : location;
    return written(version, whose, where, rest);
  }

  /// With no more than was written.
  String written() {
    return written(version, project, location, rest);
  }

  private static String written(String version, String project, String location, String rest) {
    return "/"
        + version
        + (project.isEmpty() ? "" : "/projects/" + project)
        + (location.isEmpty() ? "" : "/locations/" + location)
        + rest;
  }

  private static String value(String path, String name) {
    return Segments.first(path).equals(name) ? Segments.first(Segments.rest(path)) : "";
  }
}
