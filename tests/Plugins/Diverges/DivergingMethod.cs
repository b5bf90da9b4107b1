using Dfx.Sdk;

namespace Dfx.TestPlugins.Diverges;

/// <summary>Notices that its loss is no number.</summary>
[Method("test-diverges", "Diverges in training")]
public sealed class DivergingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        var loss = step < context.Settings.Steps / 2 ? 1.0 / (1 + step) : double.NaN;
        if (!double.IsFinite(loss))
        {
            throw new DivergedException($"The loss is {loss} at step {step}.");
        }
    }
}
