using Dfx.Numerics.Noise;

namespace Dfx.Diffusion;

/// <summary>How a layer starts.</summary>
internal enum LayerRole
{
    /// <summary>As its family starts layers.</summary>
    Plain,

    /// <summary>The queries, keys and values of attention.</summary>
    Attention,

    /// <summary>What is added to a residual path, or is the output: at zero or near it.</summary>
    Residual,
}

/// <summary>The first weight and bias of a layer whose weight has the shape [out, in, kernel…].</summary>
internal delegate (Parameter Weight, Parameter Bias) LayerStart(LayerRole role, params long[] shape);

/// <summary>The first weights of a network: a function of the seed and of the order in which they are asked for.</summary>
internal sealed class InitialWeights(ulong seed, string purpose)
{
    private const double NearZero = 1e-5;
    private static readonly double s_attention = Math.Sqrt(0.2);
    private readonly NoiseKey _key = NoiseKey.For(seed, purpose);
    private uint _tensor;

    /// <summary>Glorot and Bengio 2010, uniform, with EDM's factors for DDPM++ and NCSN++; biases are 0.</summary>
    internal (Parameter Weight, Parameter Bias) Song(LayerRole role, params long[] shape)
    {
        var gain = role switch { LayerRole.Attention => s_attention, LayerRole.Residual => NearZero, _ => 1 };
        var receptive = Product(shape.AsSpan(2));
        return (Uniform(gain * Math.Sqrt(6.0 / ((shape[0] + shape[1]) * receptive)), shape), Constant(0, shape[0]));
    }

    /// <summary>
    /// Uniform in ± 1 / √fan_in, weights and biases: the start of ADM (Dhariwal and Nichol 2021) in EDM's form. What is added to a
    /// residual path starts at 0.
    /// </summary>
    internal (Parameter Weight, Parameter Bias) Adm(LayerRole role, params long[] shape)
    {
        var bound = role == LayerRole.Residual ? 0 : 1 / Math.Sqrt(Product(shape.AsSpan(1)));
        return (Uniform(bound, shape), Uniform(bound, shape[0]));
    }

    /// <summary>Normal with standard deviation <paramref name="scale"/>.</summary>
    internal torch.Tensor Normal(double scale, params long[] shape)
    {
        var values = new float[Product(shape)];
        NoiseSource.Normals(_key, _tensor++, 0, values);
        return torch.tensor(Array.ConvertAll(values, v => (float)(scale * v)), shape);
    }

    internal static Parameter Constant(float value, long count) => torch.nn.Parameter(torch.full([count], value, torch.ScalarType.Float32));

    private Parameter Uniform(double bound, params long[] shape)
    {
        var values = new float[Product(shape)];
        NoiseSource.Uniforms(_key, _tensor++, 0, values);
        return torch.nn.Parameter(torch.tensor(Array.ConvertAll(values, v => (float)(bound * ((2.0 * v) - 1))), shape));
    }

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
