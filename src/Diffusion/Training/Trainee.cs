using System.Globalization;
using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>All that changes during training: weights, their moving averages and the optimizer's moments.</summary>
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
    private readonly Parameter[] _parameters;
    private readonly List<torch.Tensor>[] _averages;
    private readonly Adam _optimizer;

    internal Trainee(torch.nn.Module network, Recipe recipe)
    {
        (_network, _recipe) = (network, recipe);
        var named = network.named_parameters().ToList();
        (_names, _parameters) = ([.. named.Select(p => p.name)], [.. named.Select(p => p.parameter)]);
        using var outside = torch.no_grad();
        _averages = [.. recipe.Decays.Select(_ => _parameters.Select(p => p.clone().DetachFromDisposeScope()).ToList())];
        _optimizer = torch.optim.Adam(_parameters, recipe.LearningRate);
    }

    /// <summary>The weights of one of the averages, with the network's buffers as they are.</summary>
    internal Checkpoint Averaged(int average)
    {
        var tensors = _network.state_dict();
        foreach (var (name, value) in _names.Zip(_averages[average]))
        {
            tensors[name] = value;
        }

        return new(tensors);
    }

    /// <summary>One step of Adam down the gradient of a loss.</summary>
    /// <returns>The gradient's global norm. If it is not finite, nothing was changed.</returns>
    internal double Step(torch.Tensor loss, long step)
    {
        _optimizer.zero_grad();
        loss.backward();
        var norm = torch.nn.utils.clip_grad_norm_(_parameters, _recipe.Clip);
        if (double.IsFinite(norm))
        {
            _optimizer.ParamGroups.First().LearningRate = _recipe.Rate(step);
            _optimizer.step();
            foreach (var (average, decay) in _averages.Zip(_recipe.Decays))
            {
                MovingAverage.Update(average, _parameters, decay(step));
            }
        }

        return norm;
    }

    /// <summary>Whether every weight and every average is a finite number.</summary>
    internal bool IsFinite()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        return torch.stack(_averages.SelectMany(a => a).Concat(_parameters).Select(t => t.isfinite().all())).all().ToBoolean();
    }

    /// <summary>Everything that the next step depends on: the tensors themselves, not copies.</summary>
    internal Checkpoint State()
    {
        var tensors = _network.state_dict().ToDictionary(t => WeightPrefix + t.Key, t => t.Value);
        var states = Moments();
        for (var i = 0; i < _names.Length; i++)
        {
            for (var a = 0; a < _averages.Length; a++)
            {
                tensors[AverageName(a, i)] = _averages[a][i];
            }

            tensors[FirstPrefix + _names[i]] = states[i].exp_avg;
            tensors[SecondPrefix + _names[i]] = states[i].exp_avg_sq;
        }

        tensors[StepsName] = torch.tensor(states.ConvertAll(s => s.step));
        return new(tensors);
    }

    /// <summary>Goes back to a state.</summary>
    internal void Restore(Checkpoint state)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        _network.Restore(state, WeightPrefix);
        var states = Moments();
        var steps = state.Tensors[StepsName];
        for (var i = 0; i < _names.Length; i++)
        {
            for (var a = 0; a < _averages.Length; a++)
            {
                _averages[a][i].copy_(state.Tensors[AverageName(a, i)]);
            }

            states[i].exp_avg.copy_(state.Tensors[FirstPrefix + _names[i]]);
            states[i].exp_avg_sq.copy_(state.Tensors[SecondPrefix + _names[i]]);
            states[i].step = steps[i].ToInt64();
        }
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        Array.ForEach(_averages, average => average.ForEach(a => a.Dispose()));
    }

    private string AverageName(int average, int parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{AveragePrefix}{average}/{_names[parameter]}");

    private List<Adam.State> Moments() => [.. _optimizer.state_dict().State.Cast<Adam.State>()];
}
