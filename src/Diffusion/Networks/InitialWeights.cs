using Dfx.Numerics.Noise;

namespace Dfx.Diffusion;

/// <summary>The first weights of a network: a function of the seed and of the order in which they are asked for.</summary>
internal sealed class InitialWeights(ulong seed, string purpose)
{
    private readonly NoiseKey _key = NoiseKey.For(seed, purpose);
    private uint _tensor;

    /// <summary>Uniform in ± gain √(6 / (fan_in + fan_out)): Glorot and Bengio 2010. The shape is [out, in, kernel…].</summary>
    internal Parameter Xavier(double gain, params long[] shape)
    {
        var receptive = Product(shape.AsSpan(2));
        var bound = gain * Math.Sqrt(6.0 / ((shape[0] + shape[1]) * receptive));
        var values = new float[Product(shape)];
        NoiseSource.Uniforms(_key, _tensor++, 0, values);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(bound * ((2.0 * values[i]) - 1));
        }

        return torch.nn.Parameter(torch.tensor(values, shape));
    }

    internal static Parameter Constant(float value, long count) => torch.nn.Parameter(torch.full([count], value, torch.ScalarType.Float32));

    private static long Product(ReadOnlySpan<long> extents)
    {
        var product = 1L;
        foreach (var extent in extents)
        {
            product *= extent;
        }

        return product;
    }
}
