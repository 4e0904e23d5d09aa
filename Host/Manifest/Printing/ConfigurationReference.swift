/// `docs/configuration.md`, written from the tables of the configuration types.
package enum ConfigurationReference {
    package static var markdown: String {
        var text = Self.introduction
        for section in ConfigTables.manifest.sections(Manifest(profile: .development), "") {
            text += "\n## \(section.path.isEmpty ? "The top level" : "`\(section.path)`")\n\n\(section.doc)\n\n"
            text += "| key | type | default | meaning |\n| --- | --- | --- | --- |\n"
            for row in section.rows {
                let fallback = row.fallback.isEmpty || row.fallback == "required" ? row.fallback : "`\(row.fallback)`"
                text += "| `\(row.key)` | \(Self.cell(row.type)) | \(Self.cell(fallback)) | \(Self.cell(row.doc)) |\n"
            }
        }
        return text
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    private static let introduction = """
        # Configuration

        <!-- Generated from the tables in Host/Manifest/Decoding: edit those, not this page. -->

        A host reads one manifest, `jackfield.yaml` unless `--manifest` names others. `jackfield check` reports everything
        that is wrong with it, each mistake with its line. `jackfield config print` shows what is in force.

        ## Layers

        Each layer is laid over those before it; maps merge key by key, lists and single values are replaced.

        1. the defaults of the `profile`;
        2. the manifest files, in the order given;
        3. environment variables: `JACKFIELD_SERVER__LISTEN` sets `server.listen`. Two underscores stand between levels, one for
           each character of a key that is not a letter or digit. Values that start with `[` or `{` are YAML; a list may also be
           written with commas. A variable that names no key is a mistake. `JACKFIELD_MANIFEST` and `JACKFIELD_PLUGIN_PATH` are the
           command line's;
        4. `--set server.listen=127.0.0.1:9000`;
        5. `--only ID,…` and `--without ID,…`, which disable plugins.

        ## Texts from elsewhere

        | written | becomes |
        | --- | --- |
        | `${NAME}` | the environment variable; a mistake where it is not set |
        | `${NAME:-text}` | `text` where it is not set or empty |
        | `${NAME:+text}` | `text` where it is set and not empty, else nothing |
        | `${secret:NAME}` | the secret: the variable NAME, or the file that NAME_FILE names, or the file NAME in `secrets.directory`; only in a plugin's `config`, and never shown |
        | `${secret:NAME:-text}` | `text` where there is no such secret |
        | `$${` | the two characters `${` |

        In a plugin whose `enabled` is off, nothing needs to be set.

        ## Values

        A duration is a number and a unit: `250ms`, `30s`, `2m`, `1h`, `7d`. A size is `16MiB`, `512KB` or a number of bytes.

        """
}
