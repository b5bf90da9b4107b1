using Dfx.Numerics.Noise;

namespace Dfx.Sdk;

/// <summary>
/// The random numbers of a batch of samples. Each sample has a stream of its own, keyed by (seed, purpose, sample index, draw), so sample i
/// gets the same numbers in any batch, on any device, under any method and sampler.
/// </summary>
/// <remarks>Every call is the samples' next draw. Not safe for use from several threads.</remarks>
/// <param name="key">Seed and purpose.</param>
/// <param name="first">The index of the batch's first sample; the others follow it.</param>
/// <param name="count">How many samples the batch has, at least 1.</param>
/// <param name="shape">The shape of one sample.</param>
/// <param name="device">Where the tensors are made.</param>
/// <param name="dtype">float32 or float64; the numbers are those of float32 in either case.</param>
public sealed class SampleNoise(
    NoiseKey key, long first, int count, DataShape shape, torch.Device device, torch.ScalarType dtype = torch.ScalarType.Float64)
{
    private uint _draw;

    /// <summary>The index of the batch's first sample.</summary>
    public long First { get; } = first;

    /// <summary>How many samples the batch has.</summary>
    public int Count { get; } = count;

    /// <summary>The shape of one sample.</summary>
    public DataShape Shape { get; } = shape;

    /// <summary>Where the tensors are made.</summary>
    public torch.Device Device { get; } = device;

    /// <summary>The dtype of the tensors.</summary>
    public torch.ScalarType Dtype { get; } = dtype;

    /// <summary>Standard normals [N, C, H, W].</summary>
    public torch.Tensor Normal() => Normal(Shape.Channels, Shape.Height, Shape.Width);

    /// <summary>Standard normals.</summary>
    /// <param name="shape">The shape of one sample's numbers; none for one number a sample.</param>
    /// <returns>A new tensor [N, shape].</returns>
    public torch.Tensor Normal(params ReadOnlySpan<long> shape) =>
        Make(shape, NoiseSource.Normals);

    /// <summary>Uniforms in the open interval (0, 1).</summary>
    /// <param name="shape">The shape of one sample's numbers; none for one number a sample.</param>
    /// <returns>A new tensor [N, shape].</returns>
    public torch.Tensor Uniform(params ReadOnlySpan<long> shape) =>
        Make(shape, NoiseSource.Uniforms);

    /// <summary>One integer a sample, uniform in [0, <paramref name="bound"/>).</summary>
    /// <param name="bound">The bound, at least 1 and itself excluded.</param>
    public int[] Integers(int bound)
    {
        var values = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            NoiseSource.Integers(key, Sample(i), _draw, bound, values.AsSpan(i, 1));
        }

        _draw++;
        return values;
    }

    private torch.Tensor Make(ReadOnlySpan<long> shape, NoiseFill fill)
    {
        var each = 1;
        foreach (var side in shape)
        {
            each = checked(each * (int)side);
        }

        var values = new float[checked(Count * each)];
        for (var i = 0; i < Count; i++)
        {
            fill(key, Sample(i), _draw, values.AsSpan(i * each, each), 0);
        }

        _draw++;
        return NoiseTensors.From(values, [Count, .. shape], Device, Dtype);
    }

    private uint Sample(int row) => checked((uint)(First + row));
}
