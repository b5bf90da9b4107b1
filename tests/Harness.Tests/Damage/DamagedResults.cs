using System.Text.Json;
using System.Text.Json.Nodes;
using Dfx.Harness.Matrix;
using Dfx.Harness.Plugins.Discovery;
using Dfx.Harness.Plugins.Metadata;
using Dfx.Harness.Plugins.Trust;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;
using Dfx.Numerics.Files;
using Dfx.Numerics.Tests.Files;

namespace Dfx.Harness.Tests.Damage;

/// <summary>Files of results folders, matrices, pins and plugins, to be damaged. What has a checksum must be refused, whatever is still readable of it.</summary>
internal sealed class DamagedResults : IDisposable
{
    private readonly WholeFolder _whole = new();
    private readonly ScratchFolder _scratch = new();

    public void Dispose()
    {
        _whole.Dispose();
        _scratch.Dispose();
    }

    /// <summary>All kinds.</summary>
    internal IReadOnlyList<FuzzedKind> Kinds()
    {
        var folder = _whole.Folder;
        var manifest = folder.ReadManifest()!;
        return
        [
            Json("records", _whole.RecordPath, complain => RecordFiles.Read(folder, WholeFolder.Cell, complain) is { } record ? JsonSerializer.Serialize(record, StoreJson.Default.JobRecord) : null),
            Json("manifests", folder.ManifestPath, complain => folder.ReadManifest(complain) is { } read ? JsonSerializer.Serialize(read, StoreJson.Default.Manifest) : null),
            Json("running states", folder.RunningPath, complain => { RunningState.Read(folder, complain); return null; }),
            Text("tables", Path.Combine(folder.Definitions, "P", "tables", "t.yaml"), () => DefinitionSet.Read(folder.Definitions)),
            Text("claims", Path.Combine(folder.Definitions, "P", "claims.yaml"), () => DefinitionSet.Read(folder.Definitions)),
            Text("published numbers", Path.Combine(folder.Definitions, "P", "published", "rows.csv"), () => DefinitionSet.Read(folder.Definitions)),
            Text("tables of analyses", _whole.TablePath, () => Results.Read(folder, manifest, _ => { })),
            Matrix(),
            Text("pins", _scratch.Write("pins.sha256", $"# pins\n{new string('a', 64)}  One\n{new string('0', 64)}  Two Words\n"), () => PluginPins.Read(_scratch.At("pins.sha256"))),
            Plugin(),
            Checkpoint(),
        ];
    }

    private FuzzedKind Matrix()
    {
        var path = _scratch.Write("m.yaml", MatrixRobustnessTests.Full);
        return Text("matrices", path, () => Plans.Make(MatrixReader.Read(path, TestPlugins.Catalog)));
    }

    private FuzzedKind Plugin()
    {
        var path = _scratch.Copy(TestPlugins.Dll("Hostile"), "Hostile/Hostile.dll");
        return Kind("plugins", path, (mutator, file, other) => mutator.Next(2) == 0 ? mutator.EditField(file, mutator.Next(file.Length), mutator.Pick([1, 2, 4])) : mutator.Damage(file, other), () =>
        {
            using var files = new MetadataFiles();
            _ = new AssemblyExaminer(files).Examine(new(new(path, OwnsFolder: true)));
        });
    }

    private FuzzedKind Checkpoint()
    {
        var path = _scratch.At("checkpoint.safetensors");
        using (var weights = torch.arange(40.0).view(4, 10))
        {
            Safetensors.SaveSealed(path, new Dictionary<string, torch.Tensor> { ["net.weight"] = weights, ["net.bias"] = weights[0] }, new Dictionary<string, string> { ["step"] = "40" });
        }

        var sound = File.ReadAllBytes(path);
        return Kind("checkpoints", path, (mutator, file, other) => mutator.Damage(file, other), () =>
        {
            var bytes = File.ReadAllBytes(path);
            Safetensors.Verify(path);
            SafetensorsFile.Open(path).Dispose();
            if (bytes.AsSpan().IndexOf("xxh3"u8) >= 0 && !bytes.AsSpan().SequenceEqual(sound))
            {
                throw new InvalidOperationException("a damaged checkpoint passes for sound");
            }
        });
    }

    /// <summary>A file of JSON with a checksum: with it, what is read without a complaint is what was written.</summary>
    private static FuzzedKind Json(string name, string path, Func<Action<string>, string?> read)
    {
        var expected = read(_ => { });
        // There is one seed: the file that is damaged a second time is another one than that.
        return Kind(name, path, (mutator, file, seed) => mutator.Next(2) == 0 ? Damages.Of(file, isJson: ReferenceEquals(file, seed), new(mutator.Next(int.MaxValue))) : mutator.Damage(file, seed), () =>
        {
            var complaints = new List<string>();
            var seen = read(complaints.Add);
            if (seen is not null && seen != expected && complaints.Count == 0 && JsonNode.Parse(File.ReadAllBytes(path))!["checksum"] is not null)
            {
                throw new InvalidOperationException($"it is read, without a word, as\n{seen}");
            }
        });
    }

    private static FuzzedKind Text(string name, string path, Action read) =>
        Kind(name, path, (mutator, file, other) => mutator.Next(2) == 0 ? Damages.Of(file, isJson: false, new(mutator.Next(int.MaxValue))) : mutator.Damage(file, other), read);

    private static FuzzedKind Kind(string name, string path, Func<Mutator, byte[], byte[], byte[]> damage, Action read)
    {
        var sound = File.ReadAllBytes(path);
        return new(name, [sound], damage, file =>
        {
            File.WriteAllBytes(path, file);
            try
            {
                read();
            }
            finally
            {
                File.WriteAllBytes(path, sound);
            }

            return 0;
        }, e => e is UsageException or TensorFileException && e.Message.Contains(Path.GetFileName(path), StringComparison.Ordinal));
    }
}
