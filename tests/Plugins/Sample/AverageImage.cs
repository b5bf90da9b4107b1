using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>The average training image, which trainings and analyses share.</summary>
internal static class AverageImage
{
    internal const string Key = "average";

    /// <summary>[C, H, W], float32, on the CPU. Making it counts as an evaluation of every training image.</summary>
    internal static torch.Tensor Of(ITensorStore store, ModelContext model) => store.Stored(Key, () =>
    {
        var count = model.Data.Count(Split.Train);
        model.Meter.Count(new("average", 0) { MultiplyAdds = 1 }, count, trains: false);
        return new Dictionary<string, torch.Tensor> { [Key] = model.Data.Read(Split.Train, [.. Enumerable.Range(0, count)]).mean([0L]) };
    })[Key];
}
