namespace Dfx.Diffusion;

/// <summary>The embedding of DDPM++ and NCSN++ in EDM's form: class and augmentation are added to the waves, sines first, of the noise label.</summary>
internal sealed class SongMapping : IMapping
{
    private readonly FourierWaves? _fourier;
    private readonly DenseLayer? _label;
    private readonly DenseLayer? _augment;
    private readonly DenseLayer _layer0;
    private readonly DenseLayer _layer1;
    private readonly DropoutNoise _hidden;
    private readonly int _waves;
    private readonly int _classes;

    internal SongMapping(UNetPlan plan, SongOptions options)
    {
        (_waves, _classes, _hidden) = (plan.Settings.Channels * options.NoiseMultiplier, plan.Signature.Classes, plan.LabelDropout);
        _fourier = options.Fourier ? new(plan.Initial, _waves) : null;
        _label = _classes == 0 ? null : plan.Dense(_classes, _waves);
        _augment = plan.Signature.Augmentation == 0 ? null : new((plan.Start(LayerRole.Plain, _waves, plan.Signature.Augmentation).Weight, null));
        _layer0 = plan.Dense(_waves, plan.Embedding);
        _layer1 = plan.Dense(plan.Embedding, plan.Embedding);
    }

    public IEnumerable<(string Name, torch.nn.Module? Module)> Parts =>
        [("map_noise", _fourier), ("map_label", _label), ("map_augment", _augment), ("map_layer0", _layer0), ("map_layer1", _layer1)];

    public long MultiplyAdds => (_label?.MultiplyAdds ?? 0) + (_augment?.MultiplyAdds ?? 0) + _layer0.MultiplyAdds + _layer1.MultiplyAdds;

    public torch.Tensor Embed(torch.Tensor labels, NetworkInputs? inputs, bool training)
    {
        var angles = _fourier?.call(labels) ?? PositionalWaves.Of(labels, _waves, reachesEnd: true);
        var x = torch.cat([angles.sin(), angles.cos()], 1);
        if (_label is not null)
        {
            var classes = _hidden.Hide(ClassVectors.Of(inputs!.Labels!, _classes, labels.dtype), training);
            x = x + _label.call(classes * Math.Sqrt(_classes));
        }

        if (inputs?.Augmentation is { } augmentation)
        {
            x = x + _augment!.call(augmentation.to(labels.dtype));
        }

        return torch.nn.functional.silu(_layer1.call(torch.nn.functional.silu(_layer0.call(x))));
    }
}
