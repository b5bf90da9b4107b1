using Dfx.Numerics.Noise;

namespace Dfx.Sdk;

/// <summary>
/// The random numbers of a training run for one purpose, as a function of the step: a run that was interrupted and goes on at step n draws
/// what it would have drawn.
/// </summary>
/// <remarks>
/// That of a part of a step's batch (<see cref="OfPart"/>) draws the part's rows: a draw whose first dimension is the part's images, or a
/// multiple of them, has the rows that the whole batch's draw has there. Every other draw is the step's, the same in every part.
/// </remarks>
/// <param name="seed">The run's seed.</param>
/// <param name="purpose">What the numbers are for, such as <c>sigma</c>: two purposes share no number.</param>
/// <param name="device">Where the tensors are made.</param>
public sealed class StepNoise(ulong seed, string purpose, torch.Device device)
{
    private readonly NoiseKey _key = NoiseKey.For(seed, purpose);
    private readonly (int Part, int Images) _of;

    private StepNoise(ulong seed, string purpose, torch.Device device, (int Part, int Images) of)
        : this(seed, purpose, device) => _of = of;

    /// <summary>Who makes the numbers of the next step meanwhile; null if nobody does.</summary>
    internal NoiseAhead? Ahead { get; init; }

    /// <summary>The same numbers as a part of a step's batch draws them.</summary>
    /// <param name="part">Which of the parts, from 0.</param>
    /// <param name="images">How many images a part has, at least 1.</param>
    public StepNoise OfPart(int part, int images)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfLessThan(images, 1);
        return new(seed, purpose, device, (part, images)) { Ahead = Ahead };
    }

    /// <summary>Standard normals.</summary>
    /// <param name="step">The step, from 0 to 2^32 - 1.</param>
    /// <param name="shape">The shape of the tensor.</param>
    /// <returns>A new float32 tensor.</returns>
    public torch.Tensor Normal(long step, params ReadOnlySpan<long> shape) =>
        Make(step, shape, NoiseSource.Normals);

    /// <summary>Uniforms in the open interval (0, 1).</summary>
    /// <inheritdoc cref="Normal" path="/param|/returns"/>
    public torch.Tensor Uniform(long step, params ReadOnlySpan<long> shape) =>
        Make(step, shape, NoiseSource.Uniforms);

    /// <summary>Integers that are uniform in [0, <paramref name="bound"/>).</summary>
    /// <param name="step">The step, from 0 to 2^32 - 1.</param>
    /// <param name="bound">The bound, at least 1 and itself excluded.</param>
    /// <param name="count">How many.</param>
    public int[] Integers(long step, int bound, int count)
    {
        var values = new int[count];
        NoiseSource.Integers(_key, 0, checked((uint)step), bound, values, Start(count, count));
        return values;
    }

    /// <summary>A uniformly random order of 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="epoch">Which of the orders, from 0 to 2^32 - 1.</param>
    /// <param name="count">How many items.</param>
    public int[] Permutation(long epoch, int count)
    {
        var order = new int[count];
        NoiseSource.Permutation(_key, 0, checked((uint)epoch), order);
        return order;
    }

    private torch.Tensor Make(long step, ReadOnlySpan<long> shape, NoiseFill fill)
    {
        var count = 1L;
        foreach (var side in shape)
        {
            count *= side;
        }

        var (draw, sides, start) = (checked((uint)step), shape.ToArray(), shape.Length > 0 ? Start(shape[0], count) : 0);
        return Ahead?.Take(new(_key, fill, start, checked((int)count)), draw, sides, device) ?? Now();

        torch.Tensor Now()
        {
            var values = new float[count];
            fill(_key, 0, draw, values, start);
            return NoiseTensors.From(values, sides, device, torch.ScalarType.Float32);
        }
    }

    // Where a part's numbers begin within the draw of the whole batch.
    private long Start(long rows, long count) => _of.Part > 0 && rows % _of.Images == 0 ? _of.Part * count : 0;
}
