namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Runs that were recorded in the frame x = a y of the variance-preserving process, with the model's times and the state after every step.</summary>
internal static class ExponentialGolden
{
    internal static INoiseSchedule Schedule(bool discrete) => discrete ? DiscreteSchedule.Linear() : new VpSchedule(BetaD: 19.9, BetaMin: 0.1);

    /// <summary>Times as the recordings count them, from 0 to 1.</summary>
    internal static double Time(INoiseSchedule schedule, double sigma) => schedule.Time(sigma) / (schedule.Steps ?? 1);

    /// <summary>The scale a at a level of a variance-preserving process.</summary>
    internal static double Scale(double sigma) => 1 / Math.Sqrt(1 + (sigma * sigma));

    /// <summary>Levels, model times and the state at every level are the recorded ones.</summary>
    internal static void AssertAgrees(GoldenFile golden, string run, ISampler<IDenoiser> sampler, int nfe, bool discrete = false)
    {
        var schedule = Schedule(discrete);
        using var model = Mixture.Of(golden, schedule);
        var levels = sampler.Levels(model, nfe);
        var states = golden[$"{run}_xs"];
        // Single-step recordings leave the start out.
        var first = levels.Count - (int)states.shape[0];
        Assert.That(first, Is.InRange(0, 1));
        for (var stop = first; stop < levels.Count; stop++)
        {
            model.Calls.Clear();
            var request = Requests.Over(levels, golden["latents"] / Scale(levels[0]), stop) with { Nfe = nfe };
            Assert.That((sampler.Sample(model, request) * Scale(levels[stop])).MaxError(states[stop - first]), Is.LessThan(1e-9), $"at {stop}");
        }

        Assert.That(model.Calls.Select(sigma => Time(schedule, sigma)), Is.EqualTo(golden.Doubles($"{run}_call_t")).Within(1e-9));
    }
}
