using System.Text;

namespace Dfx.Metrics.Tests;

/// <summary>Weights that need no file: a hash of name and index, as the golden numbers were made with.</summary>
internal static class FormulaFill
{
    private const uint Salt = 3;

    /// <summary>A tensor of u(i), scaled: float32, rounded once.</summary>
    public static torch.Tensor Of(string name, long[] shape, Func<double, double> value)
    {
        var seed = unchecked(Fnv(name) + (Salt * 0x85EBCA77));
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)value((Hash(unchecked(((uint)i * 0x9E3779B1) + seed)) >> 8) / 16777216.0);
        }

        return torch.tensor(values, shape);
    }

    /// <summary>The weights of the Inception network.</summary>
    public static torch.Tensor Inception(string name, long[] shape)
    {
        var bound = Math.Sqrt(6.0 / FanIn(shape));
        return Of(name, shape, name switch
        {
            _ when shape.Length > 1 => u => ((2 * u) - 1) * bound,
            _ when name.EndsWith("bn.weight", StringComparison.Ordinal) => u => 0.8 + (0.4 * u),
            _ when name.EndsWith("running_var", StringComparison.Ordinal) => u => 0.5 + u,
            _ => u => 0.2 * (u - 0.5),
        });
    }

    /// <summary>The weights of LPIPS.</summary>
    public static torch.Tensor Lpips(string name, long[] shape)
    {
        var bound = Math.Sqrt(6.0 / FanIn(shape));
        return Of(name, shape, name switch
        {
            _ when name.StartsWith("lin", StringComparison.Ordinal) => u => 0.2 * u,
            _ when shape.Length > 1 => u => ((2 * u) - 1) * bound,
            _ => u => 0.2 * (u - 0.5),
        });
    }

    private static double FanIn(long[] shape) => shape.Skip(1).Aggregate(1.0, (a, b) => a * b);

    private static uint Fnv(string name) => Encoding.ASCII.GetBytes(name).Aggregate(0x811C9DC5u, (hash, octet) => unchecked((hash ^ octet) * 0x01000193));

    private static uint Hash(uint h)
    {
        unchecked
        {
            h = (h ^ (h >> 16)) * 0x85EBCA6B;
            h = (h ^ (h >> 13)) * 0xC2B2AE35;
            return h ^ (h >> 16);
        }
    }
}
