using System.Collections;
using System.Globalization;

namespace Dfx.Torch.Modules
{
    /// <summary>Modules that another module owns as a list, named by their place.</summary>
    public class ModuleList<T> : torch.nn.Module, IEnumerable<T>
        where T : torch.nn.Module
    {
        private readonly List<T> _modules = [];

        /// <summary>A list of those modules.</summary>
        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<>)) => append(modules);

        /// <summary>How many modules there are.</summary>
        public int Count => _modules.Count;

        /// <summary>The module at a place.</summary>
        public T this[int index] => _modules[index];

        /// <summary>Adds a module.</summary>
        public void Add(T item) => append(item);

        /// <summary>Adds modules.</summary>
        public void append(params T[] parameters)
        {
            foreach (var module in parameters)
            {
                register_module(_modules.Count.ToString(CultureInfo.InvariantCulture), module);
                _modules.Add(module);
            }
        }

        /// <summary>Adds modules.</summary>
        public void extend(IEnumerable<T> modules) => append([.. modules]);

        /// <summary>The modules in order.</summary>
        public IEnumerator<T> GetEnumerator() => _modules.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.ModuleList{T}"/>
            public static Modules.ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);

            /// <inheritdoc cref="Modules.Parameter"/>
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
