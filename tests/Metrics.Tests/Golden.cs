using Dfx.Numerics.Files;

namespace Dfx.Metrics.Tests;

/// <summary>
/// Numbers that toshas/torch-fidelity (5e211a9), NVlabs/edm (008a4e5) and exact formulas gave for small sets of features.
/// </summary>
internal static class Golden
{
    private static readonly string s_path = In("metrics_features.npz");

    public static torch.Tensor Tensor(string name) => Tensor(s_path, name);

    /// <summary>Numbers that scikit-image 0.19.3 gave for two small images.</summary>
    public static torch.Tensor Image(string name) => Tensor(In("metrics_image.npz"), name);

    /// <summary>Numbers that toshas/torch-fidelity (5e211a9) or richzhang/PerceptualSimilarity (082bb24) gave for networks of formula weights.</summary>
    public static torch.Tensor Network(string file, string name) => Tensor(In(file + ".npz"), name);

    public static double[] Numbers(string name)
    {
        using var tensor = Tensor(name);
        using var wide = tensor.to(torch.float64).flatten();
        return wide.data<double>().ToArray();
    }

    public static double Number(string name) => Numbers(name).Single();

    public static IReadOnlyList<string> Names()
    {
        using var file = NpzFile.Open(s_path);
        return file.Names;
    }

    private static string In(string file) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Golden", file);

    private static torch.Tensor Tensor(string path, string name)
    {
        using var file = NpzFile.Open(path);
        return Npz.Read(file, name);
    }
}
