namespace Dfx.Diffusion;

/// <summary>
/// A small U-Net for corrections and second networks: residual blocks on the way down alone, strided convolutions between, and on the way
/// up nearest pixel, convolution, and a 1 by 1 convolution that joins the features of the way down. No attention; the output starts at 0.
/// </summary>
internal sealed class LightBody : IBody
{
    private readonly UNetPlan _plan;
    private readonly ConvLayer _first;
    private readonly List<Down> _down = [];
    private readonly List<Up> _up = [];
    private readonly ConvLayer _last;

    internal LightBody(UNetPlan plan)
    {
        _plan = plan;
        _first = plan.Conv(plan.Inputs, plan.Channels(0), 3);
        for (var level = 0; level < plan.Levels; level++)
        {
            _down.Add(DownAt(level));
        }

        for (var level = plan.Levels - 2; level >= 0; level--)
        {
            var (name, channels) = (plan.Name(level), plan.Channels(level));
            _up.Add(new(
                Modules.Add($"{name}_up", plan.Conv(plan.Channels(level + 1), channels, 3)),
                Modules.Add($"{name}_join", plan.Conv(2 * channels, channels, 1))));
        }

        _last = plan.Conv(plan.Channels(0), plan.Signature.Outputs, 3, LayerRole.Residual);
    }

    private BlockSet Modules { get; } = new();

    public IEnumerable<(string Name, torch.nn.Module Module)> Parts => [("first", _first), ("levels", Modules), ("last", _last)];

    public long MultiplyAdds =>
        _first.MultiplyAdds(_plan.Pixels(0)) + _last.MultiplyAdds(_plan.Pixels(0))
        + _down.Select((d, level) => (d.Halve?.MultiplyAdds(_plan.Pixels(level)) ?? 0) + d.Blocks.Sum(b => b.MultiplyAdds(_plan.Pixels(level)))).Sum()
        + _up.AsEnumerable().Reverse().Select((u, level) => u.Conv.MultiplyAdds(_plan.Pixels(level)) + u.Join.MultiplyAdds(_plan.Pixels(level))).Sum();

    public torch.Tensor Run(torch.Tensor x, torch.Tensor? level)
    {
        x = _first.call(x);
        var maps = new Stack<torch.Tensor>();
        foreach (var down in _down)
        {
            x = down.Blocks.Aggregate(down.Halve?.call(x) ?? x, (features, block) => block.call(features, level));
            maps.Push(x);
        }

        maps.Pop();
        foreach (var up in _up)
        {
            var enlarged = up.Conv.call(torch.nn.functional.interpolate(x, scale_factor: [2.0, 2.0]));
            x = torch.nn.functional.silu(up.Join.call(torch.cat([enlarged, maps.Pop()], 1)));
        }

        return _last.call(x);
    }

    private Down DownAt(int level)
    {
        var (name, channels) = (_plan.Name(level), _plan.Channels(level));
        var halve = level == 0 ? null : Modules.Add($"{name}_down", _plan.Conv(_plan.Channels(level - 1), channels, 3, stride: 2));
        return new(halve, [.. Enumerable.Range(0, _plan.Settings.Blocks).Select(i => Modules.Add($"{name}_block{i}", new UNetBlock(_plan, channels, channels)))]);
    }

    private sealed record Down(ConvLayer? Halve, IReadOnlyList<UNetBlock> Blocks);

    private sealed record Up(ConvLayer Conv, ConvLayer Join);
}
