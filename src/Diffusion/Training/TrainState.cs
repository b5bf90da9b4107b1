using System.Globalization;
using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>All that changes of a trainee during training: weights, their moving averages and the optimizer's moments, each of them one flat tensor.</summary>
internal sealed class TrainState : IDisposable
{
    private const string WeightPrefix = "weight/";
    private const string AveragePrefix = "average/";
    private const string FirstPrefix = "first-moment/";
    private const string SecondPrefix = "second-moment/";
    private const string UpdatesName = "optimizer-steps";

    // As clip_grad_norm_ has it: the quotient stays finite.
    private const double LeastNorm = 1e-6;

    private readonly torch.nn.Module _network;
    private readonly Recipe _recipe;
    private readonly string[] _names;
    private readonly FlatParameters _flat;
    private readonly torch.Tensor[] _averages;
    private readonly FlatAdam _optimizer;
    private bool _frozen;

    internal TrainState(Trainee trainee, Recipe recipe)
    {
        (_network, _recipe) = (trainee.Network, recipe);
        var named = _network.named_parameters().ToList();
        _names = [.. named.Select(p => p.name)];
        _flat = new([.. named.Select(p => p.parameter)]);
        using var outside = torch.no_grad();
        _averages = trainee.Averaged ? [.. recipe.Decays.Select(_ => _flat.Values.detach().clone().DetachFromDisposeScope())] : [];
        _optimizer = new(trainee.Optimizer, _flat.Values, _flat.Gradients);
    }

    /// <summary>Evaluation mode without gradients, or training mode.</summary>
    internal bool Frozen
    {
        get => _frozen;
        set
        {
            if (value != _frozen)
            {
                _frozen = value;
                _network.train(!value);
                foreach (var parameter in _network.parameters())
                {
                    parameter.requires_grad = !value;
                }
            }
        }
    }

    /// <summary>The gradient is 0 from here, and backward passes add to it.</summary>
    internal void ClearGradient() => _flat.Gradients.fill_(0);

    /// <summary>The global norm of the gradient: a new scalar on the device.</summary>
    internal torch.Tensor GradientNorm()
    {
        using var outside = torch.no_grad();
        return _flat.Gradients.norm();
    }

    /// <summary>One step of Adam down the gradient, which has a norm that is finite.</summary>
    internal void Update(double norm, long step)
    {
        using var outside = torch.no_grad();
        var scale = _recipe.Clip / (norm + LeastNorm);
        if (scale < 1)
        {
            _flat.Gradients.mul_(scale);
        }

        _optimizer.Update(_recipe.Rate(step));
    }

    /// <summary>The same without waiting for the norm: a gradient that is not finite is taken for 0, so that weights stay finite until somebody looks.</summary>
    internal void Update(torch.Tensor norm, long step)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        _flat.Gradients.mul_((norm + LeastNorm).reciprocal_().mul_(_recipe.Clip).clamp_max_(1));
        _flat.Gradients.nan_to_num_(0, 0, 0);
        _optimizer.Update(_recipe.Rate(step));
    }

    /// <summary>Moves the averages towards the weights after a step.</summary>
    internal void Average(long step)
    {
        using var outside = torch.no_grad();
        foreach (var (average, decay) in _averages.Zip(_recipe.Decays))
        {
            average.lerp_(_flat.Values, 1 - decay(step));
        }
    }

    /// <summary>The weights of one of the averages, with the network's buffers as they are; those of a trainee without averages as they are.</summary>
    internal IEnumerable<KeyValuePair<string, torch.Tensor>> Averaged(int average)
    {
        var tensors = _network.state_dict();
        foreach (var (name, value) in _averages.Length == 0 ? [] : _names.Zip(_flat.Views(_averages[average])))
        {
            tensors[name] = value;
        }

        return tensors;
    }

    /// <summary>Tensors that have to be finite.</summary>
    internal IEnumerable<torch.Tensor> Weights => _averages.Append(_flat.Values);

    /// <summary>Everything that the next step depends on: the tensors themselves, not copies.</summary>
    internal IEnumerable<KeyValuePair<string, torch.Tensor>> State() =>
    [
        .. _network.state_dict().Select(t => KeyValuePair.Create(WeightPrefix + t.Key, t.Value)), .. Parts(),
        KeyValuePair.Create(UpdatesName, torch.tensor(_optimizer.Updates)),
    ];

    /// <summary>Goes back to a state, of whose names those with a prefix are this trainee's.</summary>
    internal void Restore(Checkpoint state, string prefix)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        _network.Restore(state, prefix + WeightPrefix);
        foreach (var (name, part) in Parts())
        {
            part.copy_(state.Tensors[prefix + name]);
        }

        _optimizer.Updates = state.Tensors[prefix + UpdatesName].ToInt64();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        Array.ForEach(_averages, average => average.Dispose());
        _flat.Dispose();
    }

    // What a state holds of each parameter beside its weight.
    private IEnumerable<KeyValuePair<string, torch.Tensor>> Parts()
    {
        (string Prefix, torch.Tensor Flat)[] all =
            [.. _averages.Select((average, i) => (AverageName(i), average)), (FirstPrefix, _optimizer.First), (SecondPrefix, _optimizer.Second)];
        return all.SelectMany(one => _names.Zip(_flat.Views(one.Flat), (parameter, part) => KeyValuePair.Create(one.Prefix + parameter, part)));
    }

    private static string AverageName(int average) => string.Create(CultureInfo.InvariantCulture, $"{AveragePrefix}{average}/");
}
