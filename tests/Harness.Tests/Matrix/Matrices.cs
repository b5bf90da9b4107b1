using Dfx.Harness.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Matrix;

/// <summary>Matrix files of the test plugins, made from a small one by changing keys.</summary>
internal static class Matrices
{
    /// <summary>The keys of the smallest useful matrix, in an order of their own.</summary>
    internal static IReadOnlyDictionary<string, string> Small { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["datasets"] = "test-shapes",
        ["training"] = "{ steps: 20, batch: 4 }",
        ["methods"] = "test-affine",
        ["samplers"] = "test-euler",
        ["nfe"] = "5",
        ["samples"] = "16",
        ["metrics"] = "test-mean",
    };

    /// <summary>The text of the small matrix with some keys changed, added or (null) left out.</summary>
    internal static string Text(params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var keys = new Dictionary<string, string>(Small, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            _ = value is null ? keys.Remove(key) : (keys[key] = value) is not null;
        }

        return string.Concat(keys.Select(k => $"{k.Key}: {k.Value}\n"));
    }

    internal static MatrixFile Read(params ReadOnlySpan<(string Key, string? Value)> changes) => ReadText(Text(changes));

    internal static MatrixFile ReadText(string text, string name = "m.yaml")
    {
        using var scratch = new ScratchFolder();
        return MatrixReader.Read(scratch.Write(name, text), TestPlugins.Catalog);
    }

    /// <summary>The message of the error that a text has when it is read and planned, without the folder.</summary>
    internal static string Error(string text)
    {
        using var scratch = new ScratchFolder();
        var path = scratch.Write("m.yaml", text);
        return Assert.Throws<UsageException>(() => Plans.Make(MatrixReader.Read(path, TestPlugins.Catalog)))!.Message.Replace(path, "m.yaml", StringComparison.Ordinal);
    }

    internal static string Error(params ReadOnlySpan<(string Key, string? Value)> changes) => Error(Text(changes));
}
