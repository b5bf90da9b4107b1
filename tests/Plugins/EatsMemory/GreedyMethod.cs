using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.EatsMemory;

/// <summary>What <c>test-eats-memory</c> takes.</summary>
public sealed record GreedyOptions(
    [Description("MiB after which it gives up, so that a host without limits survives.")][Range(1, 1_048_576)] int AtMost = 8192);

/// <summary>Takes native memory, touches it, and keeps it.</summary>
[Method("test-eats-memory", "Eats memory")]
public sealed class GreedyMethod(GreedyOptions options) : TrivialMethod<IDenoiser>
{
    private const int Mebibytes = 64;
    private readonly List<torch.Tensor> _kept = [];

    protected override void Step(TrainingContext context, int step)
    {
        while (_kept.Count * Mebibytes < options.AtMost)
        {
            _kept.Add(torch.ones([Mebibytes * 1024L * 1024 / sizeof(float)], torch.float32).DetachFromDisposeScope());
            Thread.Sleep(5);
        }

        throw new InvalidOperationException($"nobody stopped it at {options.AtMost} MiB");
    }
}
