using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Tests;

/// <summary>Plans of the test plugins, with what a host would ask its machine for.</summary>
internal static class Plans
{
    internal static Plan Make(MatrixFile matrix, string device = "cpu", string libraries = "lib", Func<DatasetEntry, string>? fingerprint = null) =>
        Planner.Make(matrix, new(device, libraries, fingerprint ?? (dataset => "data of " + string.Join(' ', dataset.Choice.Options.Values))));
}
