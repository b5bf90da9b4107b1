using Dfx.Numerics.Files;

namespace Dfx.Stf.Tests;

/// <summary>Numbers that reference implementations computed; the file names say which.</summary>
internal sealed class GoldenFile(string name) : IDisposable
{
    private readonly NpzFile _file = Npz.Open(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".npz"));

    internal IEnumerable<string> Names => _file.Names;

    internal torch.Tensor this[string array] => _file.Read(array);

    internal double[] Doubles(string array) => this[array].@double().data<double>().ToArray();

    public void Dispose() => _file.Dispose();
}

internal static class Closeness
{
    /// <summary>The largest absolute difference.</summary>
    internal static double MaxError(this torch.Tensor actual, torch.Tensor expected) =>
        (actual.@double() - expected.@double()).abs().max().ToDouble();
}
