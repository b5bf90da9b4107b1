using System.Text;

namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Weights that are a function of name and index, so that golden files need not store them.</summary>
internal static class FormulaWeights
{
    private const uint Salt = 7;

    internal static Dictionary<string, torch.Tensor> Of(UNet network) =>
        network.state_dict().ToDictionary(t => t.Key, t => Fill(t.Key, t.Value.shape));

    private static torch.Tensor Fill(string name, long[] shape)
    {
        var salt = unchecked(Fnv1a(name) + (Salt * 0x85EBCA77));
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)Value(name, shape, Uniform((uint)i, salt));
        }

        return torch.tensor(values, shape);
    }

    private static double Value(string name, long[] shape, double u)
    {
        var (centred, norm) = ((2 * u) - 1, name.Contains("norm", StringComparison.Ordinal));
        return (norm, name.EndsWith(".weight", StringComparison.Ordinal)) switch
        {
            (true, true) => 1 + (0.2 * centred),
            (true, false) => 0.2 * centred,
            _ when name == "map_noise.freqs" => 16 * centred,
            _ when shape.Length > 1 => centred * Math.Sqrt(3.0 / shape.Skip(1).Aggregate(1L, (a, b) => a * b)),
            _ => 0.1 * centred,
        };
    }

    private static double Uniform(uint index, uint salt)
    {
        unchecked
        {
            var h = (index * 0x9E3779B1) + salt;
            h = (h ^ (h >> 16)) * 0x85EBCA6B;
            h = (h ^ (h >> 13)) * 0xC2B2AE35;
            h ^= h >> 16;
            return (h >> 8) / 16777216.0;
        }
    }

    private static uint Fnv1a(string name) => Encoding.ASCII.GetBytes(name).Aggregate(0x811C9DC5, (h, b) => unchecked((h ^ b) * 0x01000193));
}
