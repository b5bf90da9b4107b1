using System.Runtime.Intrinsics;

namespace Dfx.Diffusion;

/// <summary>
/// Group norm with SiLU of one image whose channels lie side by side: y = f((x + shift - mean) / deviation · gain + bias). Mean and variance
/// are of float32 numbers around the mean (two passes), whatever the image is stored as.
/// </summary>
/// <typeparam name="T">How the image's numbers lie in memory.</typeparam>
internal static unsafe class NormKernel<T>
    where T : IElement
{
    private const int Lanes = Passes<T>.Lanes;

    /// <summary>The image y, and mean and 1 / deviation of every group.</summary>
    internal static void Forward(in GroupPlan plan, void* x, long at, in NormRow row, float* statistics, void* y)
    {
        Statistics(plan, x, at, row.Shift, statistics);
        Span<float> room = stackalloc float[4 * plan.Channels];
        var lines = new Lines(plan, room, statistics, row.Shift, row.Gain, row.Bias);
        for (var c = 0; c < plan.Channels; c += Lanes)
        {
            c = Math.Min(c, plan.Channels - Lanes);
            Passes<T>.Forward(x, y, at + c, plan, Passes<T>.At(lines.Scale, c), Passes<T>.At(lines.Offset, c));
        }
    }

    /// <summary>The gradient of the image, and those of shift, gain and bias of this image.</summary>
    /// <param name="plan">The norm.</param>
    /// <param name="x">The images.</param>
    /// <param name="at">Where this one begins.</param>
    /// <param name="row">What its channels are shifted by and multiplied with.</param>
    /// <param name="statistics">What <see cref="Forward"/> gave.</param>
    /// <param name="dy">The gradients of the images y.</param>
    /// <param name="dx">Where those of the images x go.</param>
    /// <param name="gradients">Where those of the channels go.</param>
    internal static void Backward(in GroupPlan plan, void* x, long at, in NormRow row, float* statistics, void* dy, void* dx, in NormRow gradients)
    {
        Span<float> room = stackalloc float[4 * plan.Channels];
        Span<float> sums = stackalloc float[plan.Channels];
        var lines = new Lines(plan, room, statistics, row.Shift, row.Gain, row.Bias);
        for (var c = 0; c < plan.Channels; c += Lanes)
        {
            c = Math.Min(c, plan.Channels - Lanes);
            var (bias, gain, u) = Passes<T>.Outer(x, dy, dx, at + c, plan, lines, c);
            bias.Store(gradients.Bias + c);
            gain.Store(gradients.Gain + c);
            u.CopyTo(sums[c..]);
        }

        Tilt(plan, row, statistics, gradients, lines, sums);
        for (var c = 0; c < plan.Channels; c += Lanes)
        {
            Inner(plan, x, at, dx, lines, c);
        }
    }

    // dx = (dz gain - mean(dz gain) - u mean(dz gain u)) / deviation, means over the group: a line in dz and x. Offset and Unit hold it from here on.
    private static void Tilt(in GroupPlan plan, in NormRow row, float* statistics, in NormRow gradients, in Lines lines, ReadOnlySpan<float> sums)
    {
        for (var g = 0; g < plan.Groups; g++)
        {
            var (first, second, unit) = (0f, 0f, statistics[(2 * g) + 1]);
            for (var c = g * plan.PerGroup; c < (g + 1) * plan.PerGroup; c++)
            {
                first += row.Gain[c] * gradients.Bias[c];
                second += row.Gain[c] * gradients.Gain[c];
            }

            (first, second) = (first / plan.Count, second / plan.Count);
            for (var c = g * plan.PerGroup; c < (g + 1) * plan.PerGroup; c++)
            {
                (lines.Unit[c], lines.Offset[c]) = (-unit * second * lines.Unit[c], -unit * (first + (second * lines.Origin[c])));
                if (gradients.Shift is not null)
                {
                    gradients.Shift[c] = unit * ((row.Gain[c] * gradients.Bias[c]) - (plan.Pixels * first) - (second * sums[c]));
                }
            }
        }
    }

    // The last eight channels may overlap those before, which are done already: there the line is the identity.
    private static void Inner(in GroupPlan plan, void* x, long at, void* dx, in Lines lines, int channel)
    {
        var c = Math.Min(channel, plan.Channels - Lanes);
        var open = Vector256.GreaterThanOrEqual(Vector256<int>.Indices, Vector256.Create(channel - c)).AsSingle();
        var scale = Vector256.ConditionalSelect(open, Passes<T>.At(lines.Scale, c), Vector256<float>.One);
        Passes<T>.Inner(x, dx, at + c, plan, scale, Passes<T>.At(lines.Unit, c) & open, Passes<T>.At(lines.Offset, c) & open);
    }

    // Numbers are summed around the first pixel's: a mean far from 0 costs no digits.
    private static void Statistics(in GroupPlan plan, void* x, long at, float* shift, float* statistics)
    {
        Span<float> sums = stackalloc float[plan.Channels];
        Span<float> centres = stackalloc float[plan.Channels];
        for (var c = 0; c < plan.Channels; c += Lanes)
        {
            c = Math.Min(c, plan.Channels - Lanes);
            T.Load(x, at + c).CopyTo(centres[c..]);
        }

        Sum(plan, x, at, centres, squared: false, sums);
        for (var g = 0; g < plan.Groups; g++)
        {
            statistics[2 * g] = (float)(Total(plan, g, sums, centres, shift) / plan.Count);
        }

        for (var c = 0; c < plan.Channels; c++)
        {
            centres[c] = statistics[2 * plan.Group(c)] - (shift is null ? 0 : shift[c]);
        }

        Sum(plan, x, at, centres, squared: true, sums);
        for (var g = 0; g < plan.Groups; g++)
        {
            var variance = Total(plan, g, sums, [], null) / plan.Count;
            statistics[(2 * g) + 1] = (float)(1 / Math.Sqrt(variance + plan.Epsilon));
        }
    }

    // Of a group's channels: the sums, and what every pixel has beside them.
    private static double Total(in GroupPlan plan, int group, ReadOnlySpan<float> sums, ReadOnlySpan<float> centres, float* shift)
    {
        var total = 0.0;
        for (var c = group * plan.PerGroup; c < (group + 1) * plan.PerGroup; c++)
        {
            var each = (centres.IsEmpty ? 0.0 : centres[c]) + (shift is null ? 0 : shift[c]);
            total += sums[c] + (plan.Pixels * each);
        }

        return total;
    }

    private static void Sum(in GroupPlan plan, void* x, long at, ReadOnlySpan<float> centres, bool squared, Span<float> sums)
    {
        for (var c = 0; c < plan.Channels; c += Lanes)
        {
            c = Math.Min(c, plan.Channels - Lanes);
            Passes<T>.Sum(x, at + c, plan, Passes<T>.At(centres, c), squared).CopyTo(sums[c..]);
        }
    }
}

/// <summary>Numbers of one image's channels, C each; no shift if null.</summary>
internal readonly unsafe struct NormRow(float* shift, float* gain, float* bias)
{
    internal float* Shift { get; } = shift;

    internal float* Gain { get; } = gain;

    internal float* Bias { get; } = bias;
}
