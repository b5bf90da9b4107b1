namespace Dfx.Diffusion;

/// <summary>The way up of DDPM++, NCSN++ and ADM: the feature maps of the way down are concatenated one after the other.</summary>
internal sealed class Decoder
{
    private readonly UNetPlan _plan;
    private readonly List<Level> _levels = [];

    /// <summary>The way up. With <paramref name="attendsEverywhere"/> all blocks of a listed resolution attend, otherwise the last one.</summary>
    internal Decoder(UNetPlan plan, Stack<int> skips, bool attendsEverywhere, Func<Decoder, int, OutputHead?> head)
    {
        _plan = plan;
        var channels = skips.Peek();
        for (var level = plan.Levels - 1; level >= 0; level--)
        {
            List<UNetBlock> blocks = [.. level == plan.Levels - 1 ? Middle(level, channels) : [Add(level, "up", channels, channels, resampling: Resampling.Double)]];
            for (var i = 0; i <= plan.Settings.Blocks; i++)
            {
                var attends = plan.Attends(level) && (attendsEverywhere || i == plan.Settings.Blocks);
                blocks.Add(Add(level, $"block{i}", channels + skips.Pop(), plan.Channels(level), attends));
                channels = plan.Channels(level);
            }

            _levels.Add(new(level, blocks, head(this, level)));
        }
    }

    /// <summary>The modules by their published names.</summary>
    internal BlockSet Modules { get; } = new();

    internal long MultiplyAdds => _levels.Sum(l => l.Blocks.Sum(b => b.MultiplyAdds(_plan.Pixels(l.Index))) + (l.Head?.MultiplyAdds(_plan.Pixels(l.Index)) ?? 0));

    /// <summary>From the feature maps of the way down to features at full resolution and, if there are heads, their image.</summary>
    internal (torch.Tensor Features, torch.Tensor? Image) Run(Stack<torch.Tensor> maps, torch.Tensor? embedding)
    {
        var (x, image) = (maps.Peek(), (torch.Tensor?)null);
        foreach (var level in _levels)
        {
            foreach (var block in level.Blocks)
            {
                x = block.call(x.shape[1] == block.Inputs ? x : torch.cat([x, maps.Pop()], 1), embedding);
            }

            image = level.Head?.Add(x, image) ?? image;
        }

        return (x, image);
    }

    private IEnumerable<UNetBlock> Middle(int level, int channels) =>
        [Add(level, "in0", channels, channels, attention: true), Add(level, "in1", channels, channels)];

    private UNetBlock Add(int level, string name, int inputs, int outputs, bool attention = false, Resampling resampling = Resampling.Keep) =>
        Modules.Add($"{_plan.Name(level)}_{name}", new UNetBlock(_plan, inputs, outputs, attention, resampling));

    private sealed record Level(int Index, IReadOnlyList<UNetBlock> Blocks, OutputHead? Head);
}
