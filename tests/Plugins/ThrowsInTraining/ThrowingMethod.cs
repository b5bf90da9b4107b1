using Dfx.Sdk;

namespace Dfx.TestPlugins.ThrowsInTraining;

/// <summary>Throws half way.</summary>
[Method("test-throws-in-training", "Throws in training")]
public sealed class ThrowingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        if (step >= context.Settings.Steps / 2)
        {
            throw new InvalidOperationException($"step {step} went wrong");
        }
    }
}
