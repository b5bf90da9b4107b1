using System.Diagnostics;
using Dfx.Sdk;

namespace Dfx.TestPlugins.SpawnsChild;

/// <summary>Starts a process that outlives it, reports its id, and hangs.</summary>
[Method("test-spawns-child", "Spawns a child")]
public sealed class SpawningMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        using var child = Process.Start("sleep", "1000");
        context.Host.Report(0, context.Settings.Steps, $"child {child.Id}");
        Thread.Sleep(Timeout.Infinite);
    }
}
