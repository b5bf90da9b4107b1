using System.Globalization;
using Dfx.Harness.Planning;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Matrix;

/// <summary>The cells that an entry of a matrix is limited to.</summary>
/// <param name="Methods">Labels or ids of methods; null for all.</param>
/// <param name="Samplers">Labels or ids of samplers; null for all.</param>
/// <param name="Nfe">Budgets; null for all.</param>
internal sealed record CellFilter(IReadOnlyList<string>? Methods = null, IReadOnlyList<string>? Samplers = null, IReadOnlyList<int>? Nfe = null)
{
    internal static CellFilter All { get; } = new();

    /// <summary>What is left of a method's cells: its samplers, each with budgets.</summary>
    /// <param name="method">The method.</param>
    /// <param name="samplers">The samplers that the matrix has for all methods.</param>
    /// <param name="nfe">The budgets that it has for all.</param>
    internal IReadOnlyList<(SamplerEntry Sampler, IReadOnlyList<int> Nfe)> Left(MethodEntry method, IReadOnlyList<SamplerEntry> samplers, IReadOnlyList<int> nfe) =>
        !Named(Methods, method.Choice) ? [] :
        [
            .. from sampler in method.Samplers ?? samplers
               where Named(Samplers, sampler.Choice)
               let left = sampler.Budgets(method, nfe).Where(budget => Nfe?.Contains(budget) ?? true).ToList()
               where left.Count > 0
               select (sampler, (IReadOnlyList<int>)left),
        ];

    private static bool Named(IReadOnlyList<string>? names, Choice choice) => names is null || names.Contains(choice.Label) || names.Contains(choice.Id);
}

/// <summary>Reads <c>only: { methods: […], samplers: […], nfe: […] }</c> of an entry, each of which may be left out.</summary>
/// <param name="methods">The methods of the matrix.</param>
/// <param name="samplers">The samplers that they share.</param>
/// <param name="nfe">The budgets that they share.</param>
internal sealed class CellFilterReader(IReadOnlyList<MethodEntry> methods, IReadOnlyList<SamplerEntry> samplers, IReadOnlyList<int> nfe)
{
    /// <exception cref="UsageException">It names what is not in the matrix, or leaves no cell.</exception>
    internal CellFilter Read(YamlValue value)
    {
        var map = value.Map();
        var filter = new CellFilter(
            Names(map.Find("methods"), methods.Select(m => m.Choice)), Names(map.Find("samplers"), methods.SelectMany(Samplers).Select(s => s.Choice)), Budgets(map.Find("nfe")));
        map.Finish();
        return methods.Any(method => filter.Left(method, samplers, nfe).Count > 0)
            ? filter
            : throw value.Place.Error("only leaves no cell: none of its methods has one of its samplers with one of its budgets");
    }

    private IReadOnlyList<SamplerEntry> Samplers(MethodEntry method) => method.Samplers ?? samplers;

    private static List<string>? Names(YamlValue? list, IEnumerable<Choice> choices)
    {
        var known = choices.SelectMany(choice => (string[])[choice.Label, choice.Id]).Distinct(StringComparer.Ordinal).ToList();
        return list?.Items().Select(item => known.Contains(item.Text())
            ? item.Text()
            : throw item.Place.Error($"the {list.Name} of the matrix have no '{item.Text()}'; the nearest is '{NearestName.Of(item.Text(), known)}'")).ToList();
    }

    private List<int>? Budgets(YamlValue? list)
    {
        var known = methods.SelectMany(method => Samplers(method).SelectMany(sampler => sampler.Budgets(method, nfe))).Where(budget => budget != CellAxes.Unlimited).ToHashSet();
        return list?.Items().Select(item => item.Int(1, 1_000_000)).Select(budget => known.Contains(budget)
            ? budget
            : throw list.Place.Error(string.Create(CultureInfo.InvariantCulture, $"no cell of the matrix has the nfe {budget}; there are {string.Join(", ", known.Order())}"))).ToList();
    }
}
