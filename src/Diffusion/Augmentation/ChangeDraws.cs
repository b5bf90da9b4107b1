namespace Dfx.Diffusion;

/// <summary>Draws what is done to images (Karras et al. 2022, appendix F.2).</summary>
internal static class ChangeDraws
{
    private const int Normals = 4;
    private const int Uniforms = 10;

    /// <summary>One change an image: the i-th image's numbers are the same however many there are.</summary>
    /// <param name="probability">That of each kind of change, in [0, 1]; a flip is then done with 1/2. If it is above 0, that left to right is always considered.</param>
    /// <param name="noise">The random numbers of a purpose.</param>
    /// <param name="purpose">What stands before the names of the purposes that are drawn from.</param>
    /// <param name="step">The training step.</param>
    /// <param name="count">How many.</param>
    internal static ImageChange[] Draw(double probability, Func<string, StepNoise> noise, string purpose, long step, int count)
    {
        using var scope = torch.NewDisposeScope();
        var normals = noise(purpose + "/normal").Normal(step, count, Normals).cpu().data<float>().ToArray();
        var uniforms = noise(purpose + "/uniform").Uniform(step, count, Uniforms).cpu().data<float>().ToArray();
        return [.. Enumerable.Range(0, count).Select(i =>
            Of(probability, normals.AsSpan(i * Normals, Normals), uniforms.AsSpan(i * Uniforms, Uniforms)))];
    }

    // z are standard normals, u uniforms: some decide whether, others how much.
    private static ImageChange Of(double probability, ReadOnlySpan<float> z, ReadOnlySpan<float> u)
    {
        var stretches = u[5] < probability;
        var shifts = u[8] < probability;
        return new(
            FlipX: probability > 0 && u[0] < 0.5,
            FlipY: u[1] < probability && u[2] < 0.5,
            Scale: u[3] < probability ? z[0] : 0,
            Angle: u[4] < probability ? Angle(u[9]) : 0,
            Stretch: stretches ? z[1] : 0,
            Axis: stretches && u[6] < 0.5 ? Angle(u[7]) : 0,
            ShiftX: shifts ? z[2] : 0,
            ShiftY: shifts ? z[3] : 0);
    }

    private static double Angle(float uniform) => Math.PI * ((2.0 * uniform) - 1);
}
