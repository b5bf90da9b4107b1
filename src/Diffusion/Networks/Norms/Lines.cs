namespace Dfx.Diffusion;

/// <summary>A norm as straight lines, one a channel: z = Scale x + Offset, and the normalised number u = Unit x + Origin.</summary>
internal readonly unsafe ref struct Lines
{
    private readonly Span<float> _numbers;

    /// <param name="plan">The norm.</param>
    /// <param name="room">4 C numbers.</param>
    /// <param name="statistics">Mean and 1 / deviation of every group.</param>
    /// <param name="shift">What is added to each channel before the norm, or null.</param>
    /// <param name="gain">What each channel is multiplied with after it.</param>
    /// <param name="bias">What is added then.</param>
    internal Lines(in GroupPlan plan, Span<float> room, float* statistics, float* shift, float* gain, float* bias)
    {
        _numbers = room;
        for (var c = 0; c < plan.Channels; c++)
        {
            var (mean, unit) = (statistics[2 * plan.Group(c)], statistics[(2 * plan.Group(c)) + 1]);
            var centre = (shift is null ? 0 : shift[c]) - mean;
            (Scale[c], Offset[c]) = (unit * gain[c], (centre * unit * gain[c]) + bias[c]);
            (Unit[c], Origin[c]) = (unit, centre * unit);
        }
    }

    internal Span<float> Scale => _numbers[..Channels];

    internal Span<float> Offset => _numbers.Slice(Channels, Channels);

    internal Span<float> Unit => _numbers.Slice(2 * Channels, Channels);

    internal Span<float> Origin => _numbers.Slice(3 * Channels, Channels);

    private int Channels => _numbers.Length / 4;
}
