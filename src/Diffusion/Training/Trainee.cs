using System.Globalization;
using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>All that changes during training: weights, their moving averages and the optimizer's moments, each of them one flat tensor.</summary>
internal sealed class Trainee : IDisposable
{
    private const string WeightPrefix = "weight/";
    private const string AveragePrefix = "average/";
    private const string FirstPrefix = "first-moment/";
    private const string SecondPrefix = "second-moment/";
    private const string StepsName = "optimizer-steps";

    private readonly torch.nn.Module _network;
    private readonly Recipe _recipe;
    private readonly string[] _names;
    private readonly FlatParameters _flat;
    private readonly torch.Tensor[] _averages;
    private readonly Adam _optimizer;

    internal Trainee(torch.nn.Module network, Recipe recipe)
    {
        (_network, _recipe) = (network, recipe);
        var named = network.named_parameters().ToList();
        _names = [.. named.Select(p => p.name)];
        _flat = new([.. named.Select(p => p.parameter)]);
        using var outside = torch.no_grad();
        _averages = [.. recipe.Decays.Select(_ => _flat.Values.detach().clone().DetachFromDisposeScope())];
        _optimizer = torch.optim.Adam([_flat.Values], recipe.LearningRate);
    }

    /// <summary>The weights of one of the averages, with the network's buffers as they are.</summary>
    internal Checkpoint Averaged(int average)
    {
        var tensors = _network.state_dict();
        foreach (var (name, value) in _names.Zip(_flat.Views(_averages[average])))
        {
            tensors[name] = value;
        }

        return new(tensors);
    }

    /// <summary>One step of Adam down the gradient of a loss.</summary>
    /// <returns>The gradient's global norm. If it is not finite, nothing was changed.</returns>
    internal double Step(torch.Tensor loss, long step)
    {
        using var scope = torch.NewDisposeScope();
        _flat.Gradients.fill_(0);
        loss.backward();
        var norm = torch.nn.utils.clip_grad_norm_([_flat.Values], _recipe.Clip);
        using var outside = torch.no_grad();
        if (double.IsFinite(norm))
        {
            _optimizer.ParamGroups.First().LearningRate = _recipe.Rate(step);
            _optimizer.step();
            foreach (var (average, decay) in _averages.Zip(_recipe.Decays))
            {
                average.mul_(decay(step)).add_(_flat.Values, 1 - decay(step));
            }
        }

        return norm;
    }

    /// <summary>Whether every weight and every average is a finite number.</summary>
    internal bool IsFinite()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        return torch.stack(_averages.Append(_flat.Values).Select(t => t.isfinite().all())).all().ToBoolean();
    }

    /// <summary>Everything that the next step depends on: the tensors themselves, not copies.</summary>
    internal Checkpoint State()
    {
        var tensors = _network.state_dict().ToDictionary(t => WeightPrefix + t.Key, t => t.Value);
        foreach (var (name, part) in Parts())
        {
            tensors[name] = part;
        }

        tensors[StepsName] = torch.tensor(Moments().step);
        return new(tensors);
    }

    /// <summary>Goes back to a state.</summary>
    internal void Restore(Checkpoint state)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        _network.Restore(state, WeightPrefix);
        foreach (var (name, part) in Parts())
        {
            part.copy_(state.Tensors[name]);
        }

        Moments().step = state.Tensors[StepsName].ToInt64();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        Array.ForEach(_averages, average => average.Dispose());
        _flat.Dispose();
    }

    // What a state holds of each parameter beside its weight.
    private IEnumerable<(string Name, torch.Tensor Part)> Parts()
    {
        var moments = Moments();
        (string Prefix, torch.Tensor Flat)[] all =
            [.. _averages.Select((average, i) => (AverageName(i), average)), (FirstPrefix, moments.exp_avg), (SecondPrefix, moments.exp_avg_sq)];
        return all.SelectMany(one => _names.Zip(_flat.Views(one.Flat), (parameter, part) => (one.Prefix + parameter, part)));
    }

    private static string AverageName(int average) => string.Create(CultureInfo.InvariantCulture, $"{AveragePrefix}{average}/");

    private Adam.State Moments() => (Adam.State)_optimizer.state_dict().State[0];
}
