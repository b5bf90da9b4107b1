using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>
/// The U-Net of DDPM++ (Song et al. 2021) as EDM builds it (Karras et al. 2022, table 1 and appendix F.2; constants from NVlabs/edm):
/// positional embedding of the noise level, residual blocks on the way down and up, the features on the way down concatenated on the way up.
/// </summary>
internal sealed class SongUNet : UNet
{
    private const double MaxPeriod = 10000;

    private readonly DenseLayer map_layer0;
    private readonly DenseLayer map_layer1;
    private readonly BlockSet enc = new();
    private readonly BlockSet dec = new();
    private readonly ConvLayer _first;
    private readonly NormLayer _lastNorm;
    private readonly ConvLayer _last;
    private readonly DropoutNoise _dropout;
    private readonly NetworkSettings _settings;
    private readonly UNetShape _shape;

    internal SongUNet(NetworkSettings settings, UNetShape shape)
        : base("ddpmpp")
    {
        (_settings, _shape) = (settings, shape);
        var initial = new InitialWeights(shape.Seed, shape.Purpose);
        _dropout = new(shape.Seed, shape.Purpose + "/dropout", settings.Dropout);
        var embedding = 4 * settings.Channels;
        var common = new BlockSettings(initial, embedding, _dropout);
        map_layer0 = new(initial, settings.Channels, embedding);
        map_layer1 = new(initial, embedding, embedding);
        _first = enc.Add($"{shape.Name(0)}_conv", new ConvLayer(initial, shape.Shape.Channels + shape.Condition, settings.Channels, 3));
        Decode(common, Encode(common));
        _lastNorm = dec.Add($"{shape.Name(0)}_aux_norm", new NormLayer(Channels(0)));
        _last = dec.Add($"{shape.Name(0)}_aux_conv", new ConvLayer(initial, Channels(0), shape.Outputs, 3, UNetBlock.NearZero));
        register_module(nameof(map_layer0), map_layer0);
        register_module(nameof(map_layer1), map_layer1);
        register_module(nameof(enc), enc);
        register_module(nameof(dec), dec);
    }

    public override void AtStep(long step) => _dropout.AtStep(step);

    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2, torch.Tensor? input3)
    {
        using var scope = torch.NewDisposeScope();
        using var region = _shape.Precision == Precision.Bfloat16 ? Autocast.Region(input1.device_type) : null;
        var level = Embedded(input2);
        var x = _first.call(Input(input1, input3));
        var skips = new Stack<torch.Tensor>([x]);
        foreach (var block in enc.Blocks)
        {
            skips.Push(x = block.call(x, level));
        }

        foreach (var block in dec.Blocks)
        {
            x = block.call(x.shape[1] == block.Inputs ? x : torch.cat([x, skips.Pop()], 1), level);
        }

        x = _last.call(torch.nn.functional.silu(_lastNorm.call(x)));
        return scope.MoveToOuter(x.to(input1.dtype));
    }

    private torch.Tensor Input(torch.Tensor x, torch.Tensor? condition) => ((condition is null) == (_shape.Condition == 0), condition) switch
    {
        (true, null) => x,
        (true, _) => torch.cat([x, condition.to(x.dtype)], 1),
        _ => throw new ArgumentException(
            $"The network was made for a condition of {_shape.Condition} channels, but got {condition?.shape[1] ?? 0}.", nameof(condition)),
    };

    // Sines before cosines; the frequencies run geometrically from 1 to 1 / 10000, both included.
    private torch.Tensor Embedded(torch.Tensor labels)
    {
        var half = _settings.Channels / 2;
        var frequencies = (torch.arange(half, labels.dtype, labels.device) * (-Math.Log(MaxPeriod) / (half - 1))).exp();
        var angles = labels.unsqueeze(1) * frequencies;
        var waves = torch.cat([angles.sin(), angles.cos()], 1);
        return torch.nn.functional.silu(map_layer1.call(torch.nn.functional.silu(map_layer0.call(waves))));
    }

    private int Channels(int level) => _settings.Channels * _settings.Multipliers[level];

    private bool Attends(int level) => _settings.Attention.Contains(_shape.Shape.Height >> level);

    // The way down. Returns the channels of every feature map that the way up will take.
    private Stack<int> Encode(BlockSettings common)
    {
        var channels = _settings.Channels;
        var skips = new Stack<int>([channels]);
        for (var level = 0; level < _settings.Multipliers.Length; level++)
        {
            if (level > 0)
            {
                enc.Add($"{_shape.Name(level)}_down", new UNetBlock(common, channels, channels, resampling: Resampling.Halve));
                skips.Push(channels);
            }

            for (var i = 0; i < _settings.Blocks; i++)
            {
                enc.Add($"{_shape.Name(level)}_block{i}", new UNetBlock(common, channels, Channels(level), Attends(level)));
                skips.Push(channels = Channels(level));
            }
        }

        return skips;
    }

    private void Decode(BlockSettings common, Stack<int> skips)
    {
        var bottom = _settings.Multipliers.Length - 1;
        var channels = Channels(bottom);
        dec.Add($"{_shape.Name(bottom)}_in0", new UNetBlock(common, channels, channels, attention: true));
        dec.Add($"{_shape.Name(bottom)}_in1", new UNetBlock(common, channels, channels));
        for (var level = bottom; level >= 0; level--)
        {
            if (level < bottom)
            {
                dec.Add($"{_shape.Name(level)}_up", new UNetBlock(common, channels, channels, resampling: Resampling.Double));
            }

            for (var i = 0; i <= _settings.Blocks; i++)
            {
                var attends = i == _settings.Blocks && Attends(level);
                dec.Add($"{_shape.Name(level)}_block{i}", new UNetBlock(common, channels + skips.Pop(), Channels(level), attends));
                channels = Channels(level);
            }
        }
    }
}
