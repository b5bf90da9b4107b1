namespace Dfx.Diffusion;

/// <summary>The way down of DDPM++, NCSN++ and ADM: residual blocks at each resolution, halved between, every feature map kept for the way up.</summary>
internal sealed class Encoder
{
    private readonly ConvLayer _first;
    private readonly List<Level> _levels = [];
    private readonly Stack<int> _channels = new();
    private readonly UNetPlan _plan;

    internal Encoder(UNetPlan plan, EncoderKind kind, int first)
    {
        _plan = plan;
        _first = Modules.Add($"{plan.Name(0)}_conv", plan.Conv(plan.Inputs, first, 3));
        _channels.Push(first);
        for (var (level, aside) = (0, plan.Inputs); level < plan.Levels; level++)
        {
            var channels = _channels.Peek();
            var down = level == 0 ? null : Add(level, "down", channels, resampling: Resampling.Halve);
            var side = level == 0 ? null : SidePath.Of(kind, plan, Modules, level, aside, channels);
            aside = kind == EncoderKind.Residual && level > 0 ? channels : aside;
            _levels.Add(new(down, side, [.. Blocks(level)]));
        }
    }

    /// <summary>The modules by their published names.</summary>
    internal BlockSet Modules { get; } = new();

    /// <summary>The channels of the feature maps that <see cref="Run"/> returns, the last one on top.</summary>
    internal Stack<int> Channels => new(_channels.Reverse());

    internal long MultiplyAdds => _first.MultiplyAdds(_plan.Pixels(0)) + _levels.Select((level, i) => level.MultiplyAdds(_plan, i)).Sum();

    /// <summary>All feature maps, the last one on top.</summary>
    internal Stack<torch.Tensor> Run(torch.Tensor x, torch.Tensor? embedding)
    {
        var aside = x;
        var maps = new Stack<torch.Tensor>([x = _first.call(x)]);
        foreach (var level in _levels)
        {
            if (level.Down is { } down)
            {
                x = down.call(x, embedding);
                (x, aside) = level.Side?.Join(x, aside) ?? (x, aside);
                maps.Push(x);
            }

            foreach (var block in level.Blocks)
            {
                maps.Push(x = block.call(x, embedding));
            }
        }

        return maps;
    }

    private IEnumerable<UNetBlock> Blocks(int level) =>
        Enumerable.Range(0, _plan.Settings.Blocks).Select(i => Add(level, $"block{i}", _plan.Channels(level), _plan.Attends(level)));

    private UNetBlock Add(int level, string name, int outputs, bool attention = false, Resampling resampling = Resampling.Keep)
    {
        var block = Modules.Add($"{_plan.Name(level)}_{name}", new UNetBlock(_plan, _channels.Peek(), outputs, attention, resampling));
        _channels.Push(outputs);
        return block;
    }

    private sealed record Level(UNetBlock? Down, SidePath? Side, IReadOnlyList<UNetBlock> Blocks)
    {
        internal long MultiplyAdds(UNetPlan plan, int level) =>
            Blocks.Prepend(Down).Sum(b => b?.MultiplyAdds(plan.Pixels(level)) ?? 0) + (Side?.MultiplyAdds(plan, level) ?? 0);
    }
}
