namespace Dfx.Metrics.Tests;

/// <summary>Random matrices with a seed of their own.</summary>
internal static class Sample
{
    /// <summary>Standard normals, float64.</summary>
    public static torch.Tensor Normal(int seed, long rows, long columns)
    {
        var random = new Random(seed);
        var values = new double[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return torch.tensor(values, [rows, columns]);
    }

    /// <summary>A random covariance with eigenvalues over two decades.</summary>
    public static torch.Tensor Covariance(int seed, long dimension)
    {
        var factor = Normal(seed, dimension, dimension) * torch.logspace(-1, 0, dimension, dtype: torch.float64);
        return factor.mm(factor.t()) / dimension;
    }

    /// <summary>A random rotation.</summary>
    public static torch.Tensor Rotation(int seed, long dimension) => torch.linalg.qr(Normal(seed, dimension, dimension)).Q;
}
