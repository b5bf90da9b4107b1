namespace Dfx.Diffusion.Tests.Training;

/// <summary>Short runs of a small network.</summary>
internal static class Runs
{
    internal static readonly EdmProcess Process = new();

    internal static TrainingContext Context(ITrainingHost host, int steps = 12, double dropout = 0, Precision precision = Precision.Float32) => new()
    {
        Model = new()
        {
            Data = new TestData(),
            Task = new GenerateTask(),
            Network = new() { Channels = 8, Multipliers = [1, 2], Blocks = 1, Attention = [4], Dropout = dropout },
            Device = torch.CPU,
            Seed = 3,
            Precision = precision,
        },
        Settings = new() { Steps = steps, Batch = 7, Checkpoints = [0.25, 1], Flip = true },
        Host = host,
    };

    internal static PreconditionedDenoiser Train(TrainingContext context, Func<TrainingBatch, torch.Tensor, torch.Tensor>? change = null)
    {
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(context, network, Loss, weights => PreconditionedDenoiser.Load(weights, context.Model, Process));

        torch.Tensor Loss(TrainingBatch batch)
        {
            var loss = ScoreMatching.Loss(Process, network, batch);
            return change is null ? loss : change(batch, loss);
        }
    }

    internal static void AssertEqual(IReadOnlyDictionary<string, torch.Tensor> actual, IReadOnlyDictionary<string, torch.Tensor> expected)
    {
        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
        Assert.That(expected, Has.All.Matches<KeyValuePair<string, torch.Tensor>>(e => actual[e.Key].eq(e.Value).all().ToBoolean()));
    }
}
