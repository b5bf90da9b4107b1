using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Dfx.Torch.Interop;

namespace Dfx.Torch.Tests.Api;

/// <summary>The shim exports what the binding declares, and the binding declares nothing that it does not call.</summary>
public sealed partial class NativeExportTests
{
    private static IEnumerable<string> Declared => typeof(Native)
        .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
        .Select(m => m.Name)
        .Where(n => n.StartsWith("dfx_", StringComparison.Ordinal));

    [Test]
    public void Every_declared_function_is_exported()
    {
        var library = NativeLibrary.Load(Path.Combine(Path.GetDirectoryName(typeof(torch).Assembly.Location)!, "libdfx_torch.so"));
        Assert.That(Declared.Where(n => !NativeLibrary.TryGetExport(library, n, out _)), Is.Empty);
    }

    [Test]
    public void Every_declared_function_is_called()
    {
        var root = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(root, "Dfx.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        var called = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Call().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .ToHashSet();
        Assert.That(Declared.Where(n => !called.Contains(n)), Is.Empty);
    }

    [GeneratedRegex(@"Native\.(dfx_\w+)")]
    private static partial Regex Call();
}
