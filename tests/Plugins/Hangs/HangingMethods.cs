using Dfx.Sdk;

namespace Dfx.TestPlugins.Hangs;

/// <summary>Sleeps for ever.</summary>
[Method("test-hangs-asleep", "Hangs asleep")]
public sealed class SleepingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step) => Thread.Sleep(Timeout.Infinite);
}

/// <summary>Runs for ever, and does not look at its token.</summary>
[Method("test-hangs-busy", "Hangs busy")]
public sealed class BusyMethod : TrivialMethod<IDenoiser>
{
    private long _turns;

    protected override void Step(TrainingContext context, int step)
    {
        while (_turns >= 0)
        {
            _turns = (_turns + 1) & 0xFFFF;
        }
    }
}
